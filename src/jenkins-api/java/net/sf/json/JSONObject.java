package net.sf.json;

public final class JSONObject {
    private JSONObject() {}

    public Object opt(String key) {
        throw new UnsupportedOperationException();
    }

    public Object remove(String key) {
        throw new UnsupportedOperationException();
    }
}
