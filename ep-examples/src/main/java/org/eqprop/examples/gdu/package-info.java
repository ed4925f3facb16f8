/**
 * Measures how equal the updates of equilibrium propagation and the gradients of backpropagation
 * through time are, step by step: figures 2 and 3 of the paper.
 */
@NullMarked
package org.eqprop.examples.gdu;

import org.jspecify.annotations.NullMarked;
