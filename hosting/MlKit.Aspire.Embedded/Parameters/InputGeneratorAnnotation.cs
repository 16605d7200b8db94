namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the value of a parameter is asked for.</summary>
/// <param name="generator">Makes the input field.</param>
public sealed class InputGeneratorAnnotation(Func<ParameterResource, InteractionInput> generator) : IResourceAnnotation
{
    /// <summary>Makes the input field.</summary>
    public Func<ParameterResource, InteractionInput> InputGenerator { get; } = generator ?? throw new ArgumentNullException(nameof(generator));

    /// <summary>The field by which the value of a parameter is asked for.</summary>
    public static InteractionInput FieldOf(ParameterResource parameter) => parameter.TryGetLastAnnotation<InputGeneratorAnnotation>(out var own)
        ? own.InputGenerator(parameter)
        : new InteractionInput
        {
            Name = "value",
            Label = parameter.Name,
            InputType = parameter.Secret ? InputType.SecretText : InputType.Text,
            Placeholder = $"Value of {parameter.Name}",
            Description = parameter.Description,
            EnableDescriptionMarkdown = parameter.EnableDescriptionMarkdown,
            Required = true,
        };
}
