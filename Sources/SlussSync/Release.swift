/// This release of Sluss.
public enum Release {
    /// Its name; no number of a format or a schema follows from it.
    public static let name = "sluss 0.1.0"
    /// The number of its fold: raised when a release understands more of what writes hold, so that
    /// stores fold again what they could only keep.
    public static let fold = 1
}
