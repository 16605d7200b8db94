using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>One question to a model: what follows this history?</summary>
/// <param name="User">Index of the user.</param>
/// <param name="History">What the model is shown, oldest first.</param>
/// <param name="Positives">Items (indexes of the data set) that are right; -1 stands for one that the data do not have.</param>
/// <param name="Candidates">The items that compete, the positives included; null: all that are not in the history.</param>
/// <param name="Cut">Time of the first positive (seconds): features must be older. Meaningless without a clock.</param>
public sealed record RankingCase(int User, Interaction[] History, int[] Positives, int[]? Candidates, long Cut);
