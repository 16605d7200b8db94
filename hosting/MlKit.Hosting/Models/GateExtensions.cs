using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Lets a scorer serve only what the promotion gates of a training job let pass.</summary>
public static class GateExtensions
{
    internal const string SigningKey = "MLKIT__GATE__SIGNINGKEY";

    private const string RequireGate = "MLKIT__SCORER__REQUIREGATE";
    private const string PublicKey = "MLKIT__SCORER__GATE__PUBLICKEY";

    /// <summary>
    /// Makes the scorer refuse every version whose gate document was not signed by the training job for exactly these files.
    /// On this machine the job makes its key pair in its state folder at its first run, and the scorer reads the public half
    /// there. A published chart has a secret from which the key comes (the parameter <c>TRAINING-signing-key</c>, generated
    /// unless given; a private key in PEM may be given too); the scorer's container sees the public half only.
    /// </summary>
    /// <param name="builder">A scorer.</param>
    /// <param name="training">The training job; it needs <c>WithState</c>.</param>
    public static IResourceBuilder<TScorer> WithPromotionGate<TScorer, TTraining>(
        this IResourceBuilder<TScorer> builder, IResourceBuilder<TTraining> training)
        where TScorer : IComputeResource, IResourceWithEnvironment
        where TTraining : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(training);
        var application = builder.ApplicationBuilder;
        builder.WithEnvironment(RequireGate, "true");
        if (!application.ExecutionContext.IsPublishMode)
        {
            return builder.WithEnvironment(PublicKey, application.StatePath(training.Resource.Name, "keys", "gate-public-key.pem"));
        }

        var key = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
            application, $"{training.Resource.Name}-signing-key", special: false);
        training.WithEnvironment(SigningKey, ReferenceExpression.Create($"{key}"));
        return builder
            .WithEnvironment(PublicKey, GateMapping.PublicKeyFile)
            .WithAnnotation(new GateAnnotation(training.Resource), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }
}
