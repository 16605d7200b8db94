using System.Data.Common;

namespace MlKit.Tracking.Registry;

/// <summary>A registered model's row; <c>Number</c>, which a new name does not change, is what its other rows carry.</summary>
internal sealed record RegisteredModel(
    long Number, string Name, string? Description, long CreationTime, long LastUpdateTime)
{
    public const string Columns = "m.model, m.name, m.description, m.creation_time, m.last_update_time";

    /// <summary>Prompts are registered models with this tag; searches pass them over unless they ask for it.</summary>
    public const string PromptTag = "mlflow.prompt.is_prompt";

    public static RegisteredModel Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt64(4));
}
