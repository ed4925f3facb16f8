/**
 * The operators on the JDK's Vector API; the only package of this module that imports it. One
 * kernel family a class.
 */
@NullMarked
package org.eqprop.conv.simd;

import org.jspecify.annotations.NullMarked;
