/** Arrays with a layout: shapes, rows of samples, packed panels. Handles without arithmetic. */
@NullMarked
package org.eqprop.core.tensor;

import org.jspecify.annotations.NullMarked;
