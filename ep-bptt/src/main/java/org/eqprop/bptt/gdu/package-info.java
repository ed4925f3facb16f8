/**
 * How equal the gradients of equilibrium propagation and of backpropagation through time are, step
 * by step and in total (Section 4.1).
 */
@NullMarked
package org.eqprop.bptt.gdu;

import org.jspecify.annotations.NullMarked;
