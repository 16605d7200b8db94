using MlKit.Tracking.Http;

namespace MlKit.Tracking.Registry;

/// <summary>The stages of MLflow 2, which aliases replace.</summary>
internal static class ModelStages
{
    public const string None = "None";

    private static readonly string[] All = [None, "Staging", "Production", "Archived"];

    public static string Parse(string stage) =>
        Array.Find(All, known => known.Equals(stage, StringComparison.OrdinalIgnoreCase)) ?? throw ApiException.Invalid(
            $"Invalid Model Version stage: {stage}. Value must be one of {string.Join(", ", All)}.");

    /// <summary>Whether versions already in a stage may be archived when another one enters it.</summary>
    public static bool IsActive(string stage) => stage is "Staging" or "Production";

    public const string Archived = "Archived";
}
