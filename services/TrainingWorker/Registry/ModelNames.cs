namespace MlKit.TrainingWorker.Registry;

/// <summary>Names that the scorer, the API and the AppHost know.</summary>
internal static class ModelNames
{
    public const string Retrieval = "recommender-retrieval";
    public const string Ranker = "recommender-ranker";
    public const string Champion = "champion";
}
