using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a training worker finds the interactions that it learns from.</summary>
public static class TrainingDataExtensions
{
    private const string EnvironmentVariable = "MLKIT__DATA__PATH";

    /// <summary>
    /// Passes the data set named by <c>MLKIT__DATA__PATH</c> on to the worker: a folder or file, made absolute against
    /// the working folder, or a URI. Without the setting the worker generates a data set of its own. In a published
    /// chart it is the value <c>training-data</c>.
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

        var path = application.Configuration["MLKIT:DATA:PATH"];
        return string.IsNullOrWhiteSpace(path) ? builder : builder.WithEnvironment(EnvironmentVariable, Absolute(path));
    }

    private static string Absolute(string path) =>
        path.Contains("://", StringComparison.Ordinal) ? path : Path.GetFullPath(path);
}
