/** The networks of the paper with the numbers it gives for them. */
@NullMarked
package org.eqprop.core.preset;

import org.jspecify.annotations.NullMarked;
