/**
 * Data that comes with the library, and ways to divide data.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="data"}
 *
 * <p>{@link org.eqprop.core.data.Digits} has 1,797 small images of digits, for a first program and
 * for tests. {@link org.eqprop.core.data.EvenSplit} holds samples out so that each class gives its
 * share. Data of your own becomes {@link org.eqprop.core.learn.Samples}.
 */
package org.eqprop.core.data;
