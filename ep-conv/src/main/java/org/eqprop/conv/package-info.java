/**
 * Convolution with pooling as a connection (Eq. 17, 18), and its operators: plain loops here, the
 * same bits by vectors in {@code simd}.
 */
@NullMarked
package org.eqprop.conv;

import org.jspecify.annotations.NullMarked;
