/**
 * Settling: the free and the nudged phase of a batch, and the threads that do it.
 *
 * <ul>
 *   <li>{@link org.eqprop.core.settle.Context} owns the threads. Close it.
 *   <li>{@link org.eqprop.core.settle.Settling} says how a free phase settles and when it ends: a
 *       {@link org.eqprop.core.settle.Solver} and a tolerance.
 *   <li>{@link org.eqprop.core.settle.Relaxation} steps states of a network, on the calling thread.
 * </ul>
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="settle"}
 *
 * <p>A solver of one's own is found by its name: see {@link
 * org.eqprop.core.settle.Solver.Provider}.
 */
@NullMarked
package org.eqprop.core.settle;

import org.jspecify.annotations.NullMarked;
