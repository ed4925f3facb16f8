/**
 * Whole operators on rows and panels: the SPI of the arithmetic and its plain-loop reference.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="kernels"}
 *
 * <p>There is one choice for the JVM, which {@link org.eqprop.core.kernel.KernelsSelector} makes:
 * vectors if the module {@code jdk.incubator.vector} is there, else plain Java. Every
 * implementation of {@link org.eqprop.core.kernel.Kernels} gives the same bits. {@link
 * org.eqprop.core.kernel.Activation} names the functions σ, and a {@link
 * org.eqprop.core.kernel.Sink} says what becomes of a gradient.
 */
@NullMarked
package org.eqprop.core.kernel;

import org.jspecify.annotations.NullMarked;
