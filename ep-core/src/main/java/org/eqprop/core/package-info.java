/**
 * Exceptions that all packages throw.
 *
 * <p>{@link org.eqprop.core.StoreException} is for files. The others are in the package they belong
 * to: {@link org.eqprop.core.learn.DivergenceException} for states that are not finite any more,
 * and {@link org.eqprop.core.tensor.TooLargeException} for arrays that Java cannot have. A mistake
 * in an argument is an {@link IllegalArgumentException}. Each message is one sentence for a user.
 */
@NullMarked
package org.eqprop.core;

import org.jspecify.annotations.NullMarked;
