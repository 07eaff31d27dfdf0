package io.jenkins.plugins.cascade.steps.agent;

import hudson.FilePath;
import io.jenkins.plugins.cascade.stage.StageSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The stage store of an agent over Remoting, each method one round trip of at most {@value AgentCall#SHORT} seconds.
 *
 * @param root the folder that holds {@code stages/} and {@code orders/}
 */
public record AgentSite(FilePath root) implements StageSite {
    @Override
    public List<Piece> fetch(List<Want> wants, String touch) throws IOException {
        FetchPieces call = new FetchPieces(new ArrayList<>(wants), touch);
        return AgentCall.within(AgentCall.SHORT, () -> root.act(call));
    }

    @Override
    public void write(String path, byte[] bytes) throws IOException {
        AgentCall.within(AgentCall.SHORT, () -> root.act(new WriteWhole(path, bytes)));
    }
}
