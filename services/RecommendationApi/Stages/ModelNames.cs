namespace MlKit.RecommendationApi.Stages;

/// <summary>Registered names of the models, and of the resources that an answer may miss.</summary>
internal static class ModelNames
{
    public const string Retrieval = "recommender-retrieval";
    public const string Ranker = "recommender-ranker";
}

/// <summary>The model version that made a part of an answer; empty where none did.</summary>
/// <param name="Name">Registered name.</param>
/// <param name="Version">Version number.</param>
internal sealed record ModelUse(string Name, string Version)
{
    public static ModelUse None { get; } = new("", "");

    public override string ToString() => Name.Length == 0 ? "none" : $"{Name} version {Version}";
}
