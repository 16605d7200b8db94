using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a training worker finds the interactions that it learns from.</summary>
public static class TrainingDataExtensions
{
    private const string EnvironmentVariable = "MLKIT__DATA__PATH";
    private const string EventsVariable = "MLKIT__DATA__EVENTS";

    /// <summary>
    /// Passes the data set named by <c>MLKIT__DATA__PATH</c> on to the worker: a folder or file, made absolute against
    /// the working folder, or a URI. Without the setting the worker generates a data set of its own. In a published
    /// chart it is the value <c>training-data</c>. Feedback comes from <c>MLKIT__DATA__EVENTS</c>, unless set the log of the
    /// resource <c>recommendations</c>.
    /// </summary>
    public static IResourceBuilder<T> WithTrainingData<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var application = builder.ApplicationBuilder;
        if (application.ExecutionContext.IsPublishMode)
        {
            var data = application.AddParameter("training-data", "", publishValueAsDefault: true);
            return builder.WithEnvironment(EnvironmentVariable, data);
        }

        // The recommendation API keeps its feedback log in the folder of its own state; the next training reads it there.
        builder.WithEnvironment(EventsVariable, application.Configuration["MLKIT:DATA:EVENTS"] is { Length: > 0 } events
            ? Absolute(events)
            : application.StatePath("recommendations", "events"));
        var path = application.Configuration["MLKIT:DATA:PATH"];
        return string.IsNullOrWhiteSpace(path) ? builder : builder.WithEnvironment(EnvironmentVariable, Absolute(path));
    }

    private static string Absolute(string path) =>
        path.Contains("://", StringComparison.Ordinal) ? path : Path.GetFullPath(path);
}
