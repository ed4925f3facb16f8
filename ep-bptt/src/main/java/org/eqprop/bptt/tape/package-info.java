/**
 * Reverse-mode automatic differentiation in float64. A derivative is an expression over the same
 * operators as what it was derived from, so it can be differentiated again.
 *
 * {@snippet class="org.eqprop.bptt.snippets.Snippets" region="tape"}
 *
 * <p>{@link org.eqprop.bptt.tape.Tape} is an {@link org.eqprop.core.network.Algebra}, so what a
 * connection or a cost states over an algebra can be differentiated as it is.
 */
@NullMarked
package org.eqprop.bptt.tape;

import org.jspecify.annotations.NullMarked;
