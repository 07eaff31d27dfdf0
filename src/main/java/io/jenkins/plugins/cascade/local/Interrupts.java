package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (SIGINT) and SIGTERM: the first stops the build in order, the second kills this process. The JDK has no public API for
 * signals; its {@code sun.misc.Signal} is reached by reflection because naming it is a compiler warning that cannot be suppressed.
 */
final class Interrupts implements AutoCloseable {
    private static final int KILLED = 130;
    /** A terminal's program may send the same signal to us and to our group: that is one interrupt, not two. */
    private static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final CancelSignal cancel;
    private final PrintStream console;
    private boolean interrupted;
    private long interruptedNanos;

    /**
     * Nothing changes until {@link #listen}.
     *
     * @param cancel what the first signal asks to stop
     * @param console where the signal is announced
     */
    Interrupts(CancelSignal cancel, PrintStream console) {
        this.cancel = cancel;
        this.console = console;
    }

    /** From now on the signals stop the build. */
    void listen() {
        Class<?> handlerType = type("sun.misc.SignalHandler");
        handle(Proxy.newProxyInstance(
                Interrupts.class.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, arguments) -> receive(method.getName(), arguments)));
    }

    private Object receive(String method, Object[] arguments) {
        return switch (method) {
            case "handle" -> {
                interrupt(String.valueOf(arguments[0]));
                yield null;
            }
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> false;
            default -> "interrupts";
        };
    }

    private synchronized void interrupt(String signal) {
        if (interrupted) {
            if (System.nanoTime() - interruptedNanos > SAME_NANOS) {
                Runtime.getRuntime().halt(KILLED);
            }
            return;
        }
        interrupted = true;
        interruptedNanos = System.nanoTime();
        cancel.request(new Interruption(Result.ABORTED, true, "Aborted by " + signal));
        console.println(signal + ": stopping in order; a second one kills");
    }

    /** Gives the signals back to Java. */
    @Override
    public void close() {
        try {
            handle(type("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
        } catch (ReflectiveOperationException e) {
            throw noSignals(e);
        }
    }

    private static void handle(Object handler) {
        Class<?> signal = type("sun.misc.Signal");
        Class<?> handlerType = type("sun.misc.SignalHandler");
        try {
            for (String name : SIGNALS) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException e) {
            throw noSignals(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw noSignals(e);
        }
    }

    private static IllegalStateException noSignals(ReflectiveOperationException cause) {
        return new IllegalStateException("This Java cannot handle signals: " + cause, cause);
    }
}
