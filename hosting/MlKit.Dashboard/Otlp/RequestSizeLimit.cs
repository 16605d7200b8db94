using Microsoft.AspNetCore.Http.Metadata;

namespace MlKit.Dashboard.Otlp;

/// <summary>Lets an endpoint take bodies up to a size.</summary>
/// <param name="MaxRequestBodySize">The size in bytes.</param>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
