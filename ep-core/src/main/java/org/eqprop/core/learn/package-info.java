/**
 * Gradients from two phases, updates, epochs, evaluation and prediction.
 *
 * <p><b>Training.</b> A {@link org.eqprop.core.learn.Learner} such as {@link
 * org.eqprop.core.learn.EquilibriumPropagation} gives gradients (Eq. 9), an {@link
 * org.eqprop.core.learn.Optimizer} such as {@link org.eqprop.core.learn.Sgd} makes updates of them,
 * and a {@link org.eqprop.core.learn.Trainer} goes through {@link org.eqprop.core.learn.Samples}.
 * {@link org.eqprop.core.train.Training} does all of this in one call.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="train"}
 *
 * <p><b>Predicting.</b> {@link org.eqprop.core.learn.Predictor} is for one thread, {@link
 * org.eqprop.core.learn.BatchPredictor} for many samples in a call, {@link
 * org.eqprop.core.learn.PredictorPool} for many threads.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="predict"}
 */
@NullMarked
package org.eqprop.core.learn;

import org.jspecify.annotations.NullMarked;
