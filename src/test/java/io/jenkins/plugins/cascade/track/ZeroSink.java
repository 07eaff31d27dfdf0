package io.jenkins.plugins.cascade.track;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A fake of MLflow's artifact API that keeps of every file its beginning and its length and gives it back with zeros after the beginning:
 * it holds gigabytes without a disk, which a real server does not.
 */
final class ZeroSink implements AutoCloseable {
    static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String PREFIX = "/api/2.0/mlflow-artifacts/artifacts/1/" + RUN + "/artifacts/";
    private static final int HEAD = 1 << 16;

    private record Kept(byte[] head, long bytes) {}

    private final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ZeroSink(HttpServer server) {
        this.server = server;
    }

    static ZeroSink start() throws IOException {
        ZeroSink sink = new ZeroSink(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        sink.server.setExecutor(sink.threads);
        sink.server.createContext(
                "/api/2.0/mlflow/runs/get",
                exchange -> sink.json(
                        exchange,
                        "{\"run\":{\"info\":{\"run_id\":\"" + RUN + "\",\"artifact_uri\":\"mlflow-artifacts:/1/" + RUN
                                + "/artifacts\"}}}"));
        sink.server.createContext(PREFIX, sink::artifact);
        sink.server.start();
        return sink;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long received(String path) {
        return files.get(path).bytes();
    }

    private void json(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void artifact(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        if ("PUT".equals(exchange.getRequestMethod())) {
            files.put(path, kept(exchange.getRequestBody()));
            json(exchange, "{}");
        } else if (files.containsKey(path)) {
            Kept kept = files.get(path);
            exchange.sendResponseHeaders(200, kept.bytes());
            send(kept, exchange.getResponseBody());
            exchange.close();
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private static Kept kept(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        long bytes = head.length;
        byte[] rest = new byte[HEAD];
        for (int read = in.read(rest); read >= 0; read = in.read(rest)) {
            bytes += read;
        }
        return new Kept(head, bytes);
    }

    private static void send(Kept kept, OutputStream out) throws IOException {
        out.write(kept.head());
        byte[] zeros = new byte[HEAD];
        for (long left = kept.bytes() - kept.head().length; left > 0; left -= HEAD) {
            out.write(zeros, 0, (int) Math.min(left, HEAD));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
