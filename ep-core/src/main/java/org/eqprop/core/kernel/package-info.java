/** Whole operators on rows and panels: the SPI of the arithmetic and its plain-loop reference. */
@NullMarked
package org.eqprop.core.kernel;

import org.jspecify.annotations.NullMarked;
