using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>The log of feedback events that an API writes and the next training reads.</summary>
public static class FeedbackLogExtensions
{
    private const string Variable = "MLKIT__DATA__EVENTS";
    private const string Folder = "feedback-events";
    private const string MountPath = "/var/lib/feedback";

    /// <summary>
    /// Lets a service write or read the application's feedback log (<c>MLKIT__DATA__EVENTS</c>): on this machine the setting
    /// of that name, or else a folder of the state; in a published chart the application's bucket or volume.
    /// </summary>
    /// <example><code>api.WithFeedbackLog(); training.WithTrainingData(); // includes the log</code></example>
    public static IResourceBuilder<T> WithFeedbackLog<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        if (!application.ExecutionContext.IsPublishMode)
        {
            return builder.WithEnvironment(Variable, application.Configuration["MLKIT:DATA:EVENTS"] is { Length: > 0 } configured
                ? DataLocation.Absolute(configured)
                : application.StatePath("recommendations", "events"));
        }

        var storage = ObjectStorage.Of(application);
        var isFirst = !application.Resources.Any(other => other.Annotations.OfType<SharedFolderAnnotation>().Any(folder => folder.Claim == Folder));
        return builder
            .AsKitService()
            .WithAnnotation(new SharedFolderAnnotation(Folder, MountPath, IsOwner: isFirst))
            .WithEnvironment(Variable, storage.Location(MountPath, Folder))
            .WithEnvironment("MLKIT__STORAGE__S3__ENDPOINT", storage.Endpoint)
            .WithEnvironment("MLKIT__STORAGE__S3__REGION", storage.Region);
    }
}
