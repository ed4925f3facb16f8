/**
 * Reverse-mode automatic differentiation in float64. A derivative is an expression over the same
 * operators as what it was derived from, so it can be differentiated again.
 */
@NullMarked
package org.eqprop.bptt.tape;

import org.jspecify.annotations.NullMarked;
