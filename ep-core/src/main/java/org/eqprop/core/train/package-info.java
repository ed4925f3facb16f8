/**
 * The front door: {@link org.eqprop.core.train.Training} goes from arrays to a trained model.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="first-steps"}
 *
 * <p>It begins with the settings of a network of the paper. Each method changes one of them: sizes,
 * learning rates, epochs, threads, listeners. {@link org.eqprop.core.train.EpochSummary} says how
 * an epoch went. All that it puts together is public in {@link org.eqprop.core.learn}, {@link
 * org.eqprop.core.network} and {@link org.eqprop.core.settle}, for who needs more.
 */
package org.eqprop.core.train;
