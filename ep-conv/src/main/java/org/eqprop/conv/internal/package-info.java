/** Finds the operators of convolutions. For this project only; it may change at any time. */
@NullMarked
package org.eqprop.conv.internal;

import org.jspecify.annotations.NullMarked;
