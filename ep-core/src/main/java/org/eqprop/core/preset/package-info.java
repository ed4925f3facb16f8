/**
 * The networks of the paper with the numbers it gives for them.
 *
 * {@snippet class="org.eqprop.core.snippets.Snippets" region="preset"}
 *
 * <p>{@link org.eqprop.core.preset.PaperNet} is the one place where these numbers stand: T, K, β,
 * learning rates and epochs of Table 1, the settings of its figures, and those of the authors'
 * public program.
 */
@NullMarked
package org.eqprop.core.preset;

import org.jspecify.annotations.NullMarked;
