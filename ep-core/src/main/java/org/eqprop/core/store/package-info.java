/**
 * Model and checkpoint files: safetensors containers with a checksum, written beside and renamed.
 *
 * <p>{@link org.eqprop.core.store.Model} is a network with the steps that a prediction takes.
 * {@link org.eqprop.core.store.Safetensors} reads and writes tensors by name, also those of other
 * programs:
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="store"}
 *
 * <p>A file is written whole or not at all. One that was altered is refused with a {@link
 * org.eqprop.core.StoreException}. {@link org.eqprop.core.store.OptimizerState} and {@link
 * org.eqprop.core.store.KeptStarts} are what a checkpoint has besides.
 */
@NullMarked
package org.eqprop.core.store;

import org.jspecify.annotations.NullMarked;
