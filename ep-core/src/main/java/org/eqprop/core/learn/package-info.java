/** Gradients from two phases, updates, epochs, evaluation and prediction. */
@NullMarked
package org.eqprop.core.learn;

import org.jspecify.annotations.NullMarked;
