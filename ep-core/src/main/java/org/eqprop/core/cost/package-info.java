/**
 * Costs besides the paper's squared error.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="cost"}
 *
 * <p>{@link org.eqprop.core.cost.CrossEntropy} puts a softmax read-out in place of the output layer
 * (Laborieux et al. 2021). The squared error is {@link org.eqprop.core.network.SquaredError}.
 */
@NullMarked
package org.eqprop.core.cost;

import org.jspecify.annotations.NullMarked;
