/// This release of Sluss.
public enum Release {
    /// Its name; no number of a format or a schema follows from it.
    public static let name = "sluss 0.1.0"
}
