package io.jenkins.plugins.cascade.track;

import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** The Java client's protocol types as the JSON that MLflow's REST API speaks. */
final class ProtoJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private ProtoJson() {}

    static String print(Message.Builder message) {
        return print(message.build());
    }

    static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A message without any Any field is always printable.", e);
        }
    }

    /**
     * Reads an answer.
     *
     * @param address of the server, for the message
     * @throws TrackingException if it is something else
     */
    static <B extends Message.Builder> B parse(MlflowAddress address, String json, B builder) throws TrackingException {
        try {
            PARSER.merge(json, builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw TrackingException.noAnswer(
                    "What answers at " + address + " does not speak MLflow's API (" + Answers.printable(e.getMessage())
                            + ")",
                    e);
        }
    }
}
