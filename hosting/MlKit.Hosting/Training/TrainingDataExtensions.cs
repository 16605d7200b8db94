using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a training worker finds the interactions that it learns from.</summary>
public static class TrainingDataExtensions
{
    private const string Variable = "MLKIT__DATA__PATH";

    /// <summary>
    /// Passes the data set named by <c>MLKIT__DATA__PATH</c> on to the worker: a folder or file, made absolute against
    /// the working folder, or a URI. Without the setting the worker generates a data set of its own. In a published
    /// chart it is the value <c>training-data</c>. Feedback comes from the log of <see cref="FeedbackLogExtensions.WithFeedbackLog"/>.
    /// </summary>
    public static IResourceBuilder<T> WithTrainingData<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithFeedbackLog();
        var application = builder.ApplicationBuilder;
        if (application.ExecutionContext.IsPublishMode)
        {
            var data = application.AddParameter("training-data", "", publishValueAsDefault: true);
            return builder.WithEnvironment(Variable, data);
        }

        var path = application.Configuration["MLKIT:DATA:PATH"];
        return string.IsNullOrWhiteSpace(path) ? builder : builder.WithEnvironment(Variable, DataLocation.Absolute(path));
    }
}
