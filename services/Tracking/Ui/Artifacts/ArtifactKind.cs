namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>How a file is shown.</summary>
public enum ArtifactKind
{
    /// <summary>As text, where it is some.</summary>
    Text,

    /// <summary>As formatted JSON, or as table where it holds one.</summary>
    Json,

    /// <summary>As table.</summary>
    Table,

    /// <summary>As picture.</summary>
    Image,

    /// <summary>In a frame that runs nothing.</summary>
    Html,

    /// <summary>As formatted text.</summary>
    Markdown,

    /// <summary>By the browser's viewer.</summary>
    Pdf,

    /// <summary>Shapes on a map.</summary>
    Map,

    /// <summary>By the browser's player.</summary>
    Media,

    /// <summary>An MLmodel file: signature and flavors.</summary>
    Model,
}

/// <summary>Chooses how a file is shown, by its name.</summary>
internal static class ArtifactKinds
{
    /// <summary>Whether a medium has pictures.</summary>
    public static bool IsVideo(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() is ".mp4" or ".webm" or ".mov" or ".m4v" or ".ogv";

    public static ArtifactKind Of(string path) => System.IO.Path.GetFileName(path) == MlKit.Mlflow.MlModelFile.FileName
        ? ArtifactKind.Model
        : System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" or ".jsonld" or ".ipynb" => ArtifactKind.Json,
            ".geojson" => ArtifactKind.Map,
            ".pdf" => ArtifactKind.Pdf,
            ".csv" or ".tsv" => ArtifactKind.Table,
            ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".svg" or ".bmp" or ".ico" => ArtifactKind.Image,
            ".html" or ".htm" => ArtifactKind.Html,
            ".md" or ".markdown" => ArtifactKind.Markdown,
            ".mp3" or ".wav" or ".ogg" or ".m4a" or ".flac" or ".aac" or ".mp4" or ".webm" or ".mov" or ".m4v" or ".ogv" => ArtifactKind.Media,
            _ => ArtifactKind.Text,
        };
}
