using System.Text.RegularExpressions;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Http;
using MlKit.Tracking.LoggedModels;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <param name="Source">What the creator gave.</param>
/// <param name="Location">Where the files are.</param>
/// <param name="RunId">The run, or empty text.</param>
/// <param name="ModelId">The logged model, or null.</param>
internal sealed record ResolvedSource(string Source, string Location, string RunId, string? ModelId);

/// <summary>
/// Decides which sources a version may have, and where their files are. Nothing may point at this machine's own
/// files or at other web servers, and a source inside the server's artifacts must belong to the run or logged model
/// that the request names: what is registered is later downloaded by others.
/// </summary>
internal static partial class VersionSource
{
    private const string ModelsScheme = "models:/";
    private const string RunsScheme = "runs:/";

    private static readonly string[] RemoteStores =
        ["s3", "gs", "wasb", "wasbs", "abfs", "abfss", "hdfs", "viewfs", "dbfs", "sftp", "r2", "b2", "oci", "adl"];

    public static ResolvedSource Resolve(SqlSession session, string source, string runId, string? modelId, bool isPrompt)
    {
        var resolved = Check(session, source, runId, modelId, isPrompt);
        if (modelId is not null)
        {
            LoggedModelStore.Require(session, modelId);
        }

        return resolved;
    }

    private static ResolvedSource Check(SqlSession session, string source, string runId, string? modelId, bool isPrompt)
    {
        if (isPrompt)
        {
            return Placeholder().IsMatch(source)
                ? new ResolvedSource(source, source, runId, modelId)
                : throw ApiException.Invalid($"Invalid prompt source: '{source}'. Prompt sources must be placeholders.");
        }

        if (source.StartsWith(ModelsScheme, StringComparison.Ordinal))
        {
            return OfModel(session, source, runId, modelId);
        }

        if (ArtifactLocation.HasTraversal(source))
        {
            throw Refused(source, "it holds relative path segments");
        }

        if (source.StartsWith(RunsScheme, StringComparison.Ordinal))
        {
            return OfRunPath(session, source, runId, modelId);
        }

        if (source.StartsWith(ArtifactLocation.Scheme, StringComparison.Ordinal))
        {
            RequireOwner(session, source, runId, modelId);
            return new ResolvedSource(source, source, runId, modelId);
        }

        return RemoteStores.Contains(Scheme().Match(source).Groups[1].Value.ToLowerInvariant())
            ? new ResolvedSource(source, source, runId, modelId)
            : throw Refused(source, "allowed are models:/, runs:/, mlflow-artifacts:/ of the named run or model, and remote stores");
    }

    private static ResolvedSource OfModel(SqlSession session, string source, string runId, string? modelId)
    {
        var path = source[ModelsScheme.Length..];
        if (ModelId().IsMatch(path))
        {
            if (path != modelId)
            {
                throw Refused(source, "the model_id request parameter must identify the resource that contains the source");
            }

            var model = LoggedModelStore.Require(session, path);
            return new ResolvedSource(source, model.ArtifactUri, runId.Length > 0 ? runId : model.SourceRunId ?? "", path);
        }

        var parts = path.Split('/');
        if (parts.Length != 2 || !parts[1].All(char.IsAsciiDigit) || parts[1].Length == 0)
        {
            throw Refused(source, "a models:/ source is models:/<name>/<version> or models:/<model_id>");
        }

        RegisteredModelStore.Require(session, parts[0]);
        var version = ModelVersionStore.Require(session, parts[0], parts[1]);
        return new ResolvedSource(
            source, version.StorageLocation, runId.Length > 0 ? runId : version.RunId, modelId ?? version.ModelId);
    }

    private static ResolvedSource OfRunPath(SqlSession session, string source, string runId, string? modelId)
    {
        var path = source[RunsScheme.Length..];
        var slash = path.IndexOf('/');
        if (slash <= 0 || slash == path.Length - 1)
        {
            throw Refused(source, "a runs:/ source is runs:/<run_id>/<path>");
        }

        var run = RunStore.Require(session, path[..slash]);
        if (runId.Length > 0 && runId != run.RunId)
        {
            throw Refused(source, "the run_id request parameter must identify the resource that contains the source");
        }

        return new ResolvedSource(source, ArtifactLocation.Append(run.ArtifactUri, path[(slash + 1)..]), run.RunId, modelId);
    }

    private static void RequireOwner(SqlSession session, string source, string runId, string? modelId)
    {
        if (source.StartsWith(ArtifactLocation.Scheme + "//", StringComparison.Ordinal))
        {
            throw Refused(source, "a host must not be named");
        }

        var owners = new List<string?>
        {
            runId.Length > 0 ? RunStore.Find(session, runId)?.ArtifactUri : null,
            modelId is not null ? LoggedModelStore.Find(session, modelId)?.ArtifactUri : null,
        };
        if (!owners.Any(owner => owner is not null && ArtifactLocation.Contains(owner, source)))
        {
            throw Refused(source, "the run_id or model_id request parameter must identify the resource that contains the source");
        }
    }

    private static ApiException Refused(string source, string reason) =>
        ApiException.Invalid($"Invalid model version source: '{source}': {reason}.");

    [GeneratedRegex(@"^m-[0-9a-f]{32}\z")]
    private static partial Regex ModelId();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*):/")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^[\w\- ]+\z")]
    private static partial Regex Placeholder();
}
