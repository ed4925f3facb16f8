/**
 * Checks of parts: {@link org.eqprop.checks.ConnectionChecks}, {@link
 * org.eqprop.checks.CostChecks}, {@link org.eqprop.checks.OptimizerChecks}, {@link
 * org.eqprop.checks.LearnerChecks}. Each is a static method for a part, whatever it is.
 */
@NullMarked
package org.eqprop.checks;

import org.jspecify.annotations.NullMarked;
