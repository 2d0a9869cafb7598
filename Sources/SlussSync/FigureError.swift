/// What the key figures are made of cannot be entered so.
public enum FigureError: Error, Hashable, Sendable {
    /// The idea is the unit's own: its status says whether it is in use there.
    case ownIdea(String)
    /// It is for another unit, or for the central, to write.
    case notThisUnit(String)
    /// It is for the idea's own unit to say.
    case onlyIdeasUnit(String)
    /// New participants were given without how many there were, or more than there were.
    case newWithoutAll
    /// A rating goes with how many gave it.
    case ratingWithoutAnswers
    /// There is no round of that year.
    case noSurvey(Int)
    /// The round takes more answers, so nothing is shown of them.
    case surveyOpen(Int)
    /// The round takes no more answers.
    case surveyClosed(Int)
    /// That list has been read in.
    case surveyListTaken
    /// The list has a column that is not of the survey.
    case surveyColumn(String)
    /// With a closed round, its result goes.
    case surveyResultGoes(Int)
    /// The file of a round cannot be read.
    case surveyDamaged(String)
    /// The idea has not come to an end.
    case notEnded(String)
}
