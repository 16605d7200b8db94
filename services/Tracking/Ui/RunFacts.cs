using System.Text.Encodings.Web;
using System.Text.Json;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui;

/// <summary>What the UI reads out of runs and models beside their plain members.</summary>
internal static class RunFacts
{
    public const string NoteTag = "mlflow.note.content";
    public const string ParentTag = "mlflow.parentRunId";
    private const string ContextTag = "mlflow.data.context";

    public static string? Tag(this IReadOnlyList<Tag> tags, string key) => tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    /// <summary>Where the code came from: its file or project, with the commit.</summary>
    public static string Source(this Run run)
    {
        var name = run.Data.Tags.Tag("mlflow.source.name") ?? "";
        var commit = run.Data.Tags.Tag("mlflow.source.git.commit");
        return commit is { Length: > 0 } ? $"{name} @ {commit[..Math.Min(7, commit.Length)]}" : name;
    }

    public static string User(this Run run) =>
        run.Info.UserId is { Length: > 0 } user ? user : run.Data.Tags.Tag("mlflow.user") ?? "";

    public static string DatasetText(this DatasetInput input) =>
        input.Tags?.Tag(ContextTag) is { Length: > 0 } context
            ? $"{input.Dataset.Name} ({input.Dataset.Digest}, {context})"
            : $"{input.Dataset.Name} ({input.Dataset.Digest})";

    /// <summary>Tags that people set; MLflow keeps its own under a prefix.</summary>
    public static IEnumerable<Tag> Visible(this IReadOnlyList<Tag> tags) =>
        tags.Where(tag => !tag.Key.StartsWith("mlflow.", StringComparison.Ordinal));

    /// <summary>The texts of a JSON list, as MLflow's addresses hold them (<c>runs=["a","b"]</c>); else parts between commas.</summary>
    public static IReadOnlyList<string> List(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return [.. document.RootElement.EnumerateArray().Select(item => item.ToString()).Where(item => item.Length > 0).Distinct()];
            }
        }
        catch (JsonException)
        {
        }

        return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
    }

    /// <summary>A text as filters hold it.</summary>
    public static string Quote(string text) => text.Contains('\'', StringComparison.Ordinal) ? $"\"{text}\"" : $"'{text}'";

    /// <summary>Texts as a JSON list.</summary>
    public static string ToJson(IEnumerable<string> texts) =>
        "[" + string.Join(',', texts.Select(text => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"")) + "]";

    /// <summary>Texts as MLflow's addresses hold them, ready for a query.</summary>
    public static string ToQuery(IEnumerable<string> texts) => Uri.EscapeDataString(ToJson(texts));
}
