/**
 * What convolutions calculate, in plain Java; {@code org.eqprop.conv.simd} does it with vectors.
 */
@NullMarked
package org.eqprop.conv.internal.kernel;

import org.jspecify.annotations.NullMarked;
