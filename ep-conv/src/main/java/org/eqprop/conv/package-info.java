/**
 * Convolution with pooling as a connection (Eq. 17, 18).
 *
 * {@snippet class="org.eqprop.conv.snippets.Snippets" region="conv"}
 *
 * <p>A network finds {@link org.eqprop.conv.ConvPool} by its type, {@value
 * org.eqprop.conv.ConvPool#TYPE}. No class of this module needs to be named. The options are {@code
 * kernel}, {@code pool}, {@code padding}, {@code stride}, {@code pool-stride} and {@code pooling}.
 * The operators are plain loops in {@code internal.kernel}, and give the same bits by vectors in
 * {@code simd}.
 */
@NullMarked
package org.eqprop.conv;

import org.jspecify.annotations.NullMarked;
