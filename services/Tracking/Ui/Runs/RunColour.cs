using System.Buffers;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>The colour that someone chose for a run; MLflow's own UI keeps it in the same tag.</summary>
internal static class RunColour
{
    public const string Tag = "mlflow.runColor";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>As <c>#rrggbb</c>; null where none was chosen.</summary>
    public static string? Of(Run run) => run.Data.Tags.Tag(Tag) is { Length: 7 } text && text[0] == '#' && !text.AsSpan(1).ContainsAnyExcept(Hex)
        ? text
        : null;
}
