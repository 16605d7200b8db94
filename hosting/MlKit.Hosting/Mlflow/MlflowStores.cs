using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a server keeps runs and artifacts, whichever server it is.</summary>
/// <param name="Database">The database of runs and models.</param>
/// <param name="Artifacts">A folder, or <c>s3://bucket/prefix</c>.</param>
/// <param name="Storage">How a bucket is reached; null where artifacts are in a folder.</param>
internal sealed record MlflowStores(PostgresDatabaseResource Database, ReferenceExpression Artifacts, ObjectStorage? Storage);
