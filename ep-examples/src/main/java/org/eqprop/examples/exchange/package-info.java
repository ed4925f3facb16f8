/** Weights, states and gradients in the formats of other programs: npy, npz, safetensors, ONNX. */
@NullMarked
package org.eqprop.examples.exchange;

import org.jspecify.annotations.NullMarked;
