/**
 * Model and checkpoint files: safetensors containers with a checksum, written beside and renamed.
 */
@NullMarked
package org.eqprop.core.store;

import org.jspecify.annotations.NullMarked;
