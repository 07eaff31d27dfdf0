package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C (SIGINT) and SIGTERM: the first stops the build in order, the second kills this process. The JDK has no public API for
 * signals; its {@code sun.misc.Signal} is reached by reflection because naming it is a compiler warning that cannot be suppressed.
 */
final class Interrupts implements AutoCloseable {
    private static final int KILLED = 130;

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CancelSignal cancel;

    private Interrupts(CancelSignal cancel) {
        this.cancel = cancel;
    }

    /** From now on the signals stop the build. */
    static Interrupts cancelling(CancelSignal cancel) {
        Interrupts interrupts = new Interrupts(cancel);
        handle((proxy, method, arguments) -> interrupts.receive(method.getName(), arguments));
        return interrupts;
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

    private void interrupt(String signal) {
        if (!interrupted.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(KILLED);
        }
        cancel.request(new Interruption(Result.ABORTED, true, "Aborted by " + signal));
    }

    private static void handle(InvocationHandler handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handlerType}, handler);
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java has no signals: " + e, e);
        }
    }

    /** Gives the signals back to Java. */
    @Override
    public void close() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object byDefault = handlerType.getField("SIG_DFL").get(null);
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), byDefault);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java has no signals: " + e, e);
        }
    }
}
