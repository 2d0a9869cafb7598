/// What the key figures are made of cannot be entered so.
public enum FigureError: Error, Hashable, Sendable {
    /// The idea is the unit's own: its status says whether it is in use there.
    case ownIdea(String)
    /// It is for another unit, or for the central, to write.
    case notThisUnit(String)
    /// It is for the idea's own unit to say.
    case onlyIdeasUnit(String)
    /// The idea has not come to an end.
    case notEnded(String)
}
