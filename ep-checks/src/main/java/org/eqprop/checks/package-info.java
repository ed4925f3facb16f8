/**
 * Checks of parts: {@link org.eqprop.checks.ConnectionChecks}, {@link
 * org.eqprop.checks.CostChecks}, {@link org.eqprop.checks.OptimizerChecks}, {@link
 * org.eqprop.checks.LearnerChecks}. Each is a static method for a part, whatever it is.
 *
 * {@snippet class="org.eqprop.checks.snippets.Snippets" region="checks"}
 *
 * <p>Call them from a test of any kind. A check that fails throws an {@link AssertionError} that
 * says what was expected and what was found.
 */
@NullMarked
package org.eqprop.checks;

import org.jspecify.annotations.NullMarked;
