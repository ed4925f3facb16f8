package org.eqprop.core.internal.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

@Name("org.eqprop.Prediction")
@Label("Prediction")
@Description("A network settled with some samples clamped")
@Category("Equilibrium Propagation")
@Registered
@StackTrace(false)
final class PredictionEvent extends SettlingEvent {}
