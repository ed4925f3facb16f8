/**
 * The operators on the JDK's Vector API; the only package that imports it. One kernel family a
 * class.
 */
@NullMarked
package org.eqprop.core.kernel.simd;

import org.jspecify.annotations.NullMarked;
