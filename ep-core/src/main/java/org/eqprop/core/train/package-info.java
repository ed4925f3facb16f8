/**
 * The front door: {@link org.eqprop.core.train.Training} goes from arrays to a trained model. All
 * that it puts together is public in {@code learn}, {@code network} and {@code settle}, for who
 * needs more.
 */
package org.eqprop.core.train;
