/** Costs besides the paper's squared error. */
@NullMarked
package org.eqprop.core.cost;

import org.jspecify.annotations.NullMarked;
